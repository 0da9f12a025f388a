// Ways to spell a path that leads out of a folder: every mix of dots and separators that a sloppy server decodes.

const DOTS = ['..', '%2e%2e', '.%2e', '%2E.', '%252e%252e', '%c0%ae%c0%ae', '%u002e%u002e', '．．']
const SEPARATORS = ['/', '%2f', '%5c', '\\', '%252f', '%c0%af', '//', '/./']
const TARGETS = ['package.json', 'secret.txt']

const climbs = DOTS.flatMap((dots) =>
  SEPARATORS.map((separator, i) => `${dots}${separator}${dots}${separator}${TARGETS[i % TARGETS.length]}`),
)

export const TRAVERSALS: readonly string[] = [
  ...climbs,
  'assets/../../secret.txt',
  'assets/..%2f..%2fsecret.txt',
  '/etc/passwd',
  '//etc/passwd',
  '%2fetc%2fpasswd',
  'file:///etc/passwd',
  'C:%5cWindows%5cwin.ini',
  'index.html%00.txt',
  'index.html%00',
  'index.html/',
  '.%00./package.json',
  '..;/package.json',
  'assets/....//....//package.json',
  'index.html::$DATA',
  '~/.bashrc',
  'INDEX.HTML',
]

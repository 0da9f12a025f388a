import { describe, expect, it } from 'vitest'
import { ChosenFiles, safeFileName } from '../../../../electron/app/chosen-files'

describe('chosen files', () => {
  it('are named by tokens that say nothing of the path', () => {
    const files = new ChosenFiles()
    const { token, fileName } = files.add('/home/someone/secret/table.csv')
    expect(fileName).toBe('table.csv')
    expect(token).not.toContain('secret')
    expect(files.path(token)).toBe('/home/someone/secret/table.csv')
  })

  it('are unknown by any other token', () => {
    expect(() => new ChosenFiles().path('/etc/passwd')).toThrow('no longer known')
  })
})

describe('a suggested file name', () => {
  it.each([
    ['MNIST, seed 7', 'MNIST, seed 7.csv'],
    ['../../etc/passwd', 'etc passwd.csv'],
    ['a:b*c?"<>|', 'a b c.csv'],
    ['...', 'descent.csv'],
    ['', 'descent.csv'],
    ['x'.repeat(300), `${'x'.repeat(100)}.csv`],
  ])('of %j is %j', (name, expected) => {
    expect(safeFileName(name, 'csv')).toBe(expected)
  })
})

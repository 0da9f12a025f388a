// The commands that are there in every view.

import { useNavigation } from '../stores/navigation'
import { useNotices } from '../stores/notices'
import { useSettings } from '../stores/settings'
import { useVerification } from '../stores/verification'
import { exportRuns } from './export-runs'
import { overlay } from './overlay'
import { useCommands, type Command } from './registry'

export function useAppCommands(): void {
  const navigation = useNavigation()
  const settings = useSettings()
  const notices = useNotices()
  const verification = useVerification()

  const places: Command[] = (
    [
      ['design', 'Design', 'KeyG KeyD', '$mod+Digit1'],
      ['runs', 'Runs', 'KeyG KeyR', '$mod+Digit2'],
      ['compare', 'Compare', 'KeyG KeyC', '$mod+Digit3'],
      ['datasets', 'Datasets', 'KeyG KeyT', '$mod+Digit4'],
      ['settings', 'Settings', 'KeyG KeyS', '$mod+Digit5'],
    ] as const
  ).map(([view, title, ...keys]) => ({
    id: `go.${view}`,
    title: `Go to ${title}`,
    section: 'Go to',
    keys,
    menu: `go-${view}`,
    run: () => navigation.go(view),
  }))

  function setTheme(theme: 'system' | 'light' | 'dark'): void {
    settings.change({ theme }).catch(notices.fail)
  }

  useCommands([
    ...places,
    {
      id: 'app.new-experiment',
      title: 'New experiment from a preset',
      section: 'Experiment',
      keys: '$mod+KeyN',
      menu: 'new-experiment',
      run: () => navigation.openGallery(),
    },
    {
      id: 'app.import-csv',
      title: 'Import a CSV file as a data set',
      section: 'Experiment',
      menu: 'import-csv',
      run: () => navigation.importCsv(),
    },
    {
      id: 'app.import-images',
      title: 'Import images in IDX format as a data set',
      section: 'Experiment',
      menu: 'import-images',
      run: () => navigation.importImages(),
    },
    {
      id: 'app.export-runs',
      title: 'Export all runs as CSV, one row a run',
      section: 'Runs',
      menu: 'export-runs',
      run: () => void exportRuns('runs', null),
    },
    {
      id: 'app.export-long',
      title: 'Export the curves of all runs as CSV, one row a value',
      section: 'Runs',
      run: () => void exportRuns('long', null),
    },
    {
      id: 'app.toggle-theme',
      title: 'Switch between light and dark',
      section: 'Application',
      keys: '$mod+Shift+KeyL',
      run: () => setTheme(settings.theme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'app.system-theme',
      title: 'Follow the theme of the system',
      section: 'Application',
      isEnabled: () => settings.values.theme !== 'system',
      run: () => setTheme('system'),
    },
    {
      id: 'app.palette',
      title: 'Command palette',
      section: 'Application',
      keys: '$mod+KeyK',
      menu: 'palette',
      run: () => (overlay.value = 'palette'),
    },
    {
      id: 'app.shortcuts',
      title: 'Keyboard shortcuts',
      section: 'Application',
      keys: '$mod+Slash',
      menu: 'shortcuts',
      run: () => (overlay.value = 'shortcuts'),
    },
    {
      id: 'app.verify',
      title: 'Verify the five systems against their known figures',
      section: 'Application',
      menu: 'verify',
      run: () => verification.open(),
    },
    {
      id: 'app.about',
      title: 'About Descent',
      section: 'Application',
      menu: 'about',
      run: () => navigation.go('settings'),
    },
  ])
}

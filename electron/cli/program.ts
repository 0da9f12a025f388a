// The commands and options of the command line.

import { Command, Option } from 'commander'
import { BAND_KINDS, X_NAMES } from '../../engine/comparison/schema'
import { KERNEL_CHOICES } from '../kernels/load'
import { COMPARED_VALUES, compare, type CompareOptions } from './commands/compare'
import { demo, type DemoOptions } from './commands/demo'
import { EXPORT_FORMATS, exportRuns, type ExportOptions } from './commands/export'
import { gradcheck, type GradcheckOptions } from './commands/gradcheck'
import { importFiles, type ImportOptions } from './commands/import'
import { presets } from './commands/presets'
import { runs, type RunsOptions } from './commands/runs'
import { train, type TrainOptions } from './commands/train'
import { verifySystems, type VerifyOptions } from './commands/verify'
import { EXIT, type ExitCode } from './exit-codes'
import { versionText } from './version'

const EXIT_CODES = `
Exit codes: 0 done, 1 failed or diverged, 2 what was given can not be used, 130 interrupted.`

const GROUP_BY = 'seed, none, or paths such as optimizer.kind,training.batchSize; seed by default'

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

function addDatabase(command: Command): Command {
  return command.option('--db <path>', "run log to use; the application's own by default")
}

function addJson(command: Command): Command {
  return command.option('--json', 'one line of JSON on stdout, no progress')
}

function addQuery(command: Command): Command {
  return command.option('--query <query>', "only runs that match, e.g. 'optimizer = adam and val/loss < 0.2'")
}

/** How runs are compared; each replaces what a view says of it. */
function addComparison(command: Command): Command {
  return command
    .option('--metric <name>', 'e.g. val/loss; repeatable; of seen and svg the first counts', collect, [])
    .option('--x <axis>', `one of ${X_NAMES.join(', ')}; step by default`)
    .option('--log-x', 'logarithmic horizontal axis')
    .option('--log-y', 'logarithmic vertical axis; by default for losses')
    .option('--linear-y', 'linear vertical axis; by default for accuracies')
    .option('--smooth <how>', '0.6 (EMA), gaussian:3, mean:5, median:9 or none; 0.6 by default')
    .option('--group-by <what>', GROUP_BY)
    .option('--band <kind>', `one of ${BAND_KINDS.join(', ')}; t-interval by default`)
    .option('--level <share>', 'confidence of the intervals; 0.95 by default')
    .option('--baseline <run>', 'id or name of a run whose group the others are compared with')
    .option('--no-raw', 'without the values as logged behind smoothed ones')
    .option('--no-members', 'without the runs of each group')
}

/** @param finish takes the exit code of the command that ran */
export function createProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('descent')
    .description('Neural-network experiments: the same engine and run log as the Descent application.')
    .version(versionText(), '-V, --version', 'version of this program and of what runs it')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })

  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .exitOverride()
      .configureOutput({ outputError: () => undefined })

  addJson(command('presets', 'list designs to start from')).action((options: { json?: boolean }) => {
    presets(options)
    finish(EXIT.ok)
  })

  addJson(addDatabase(command('train', 'train one run and log it')))
    .argument('[spec]', 'experiment as JSON; - reads standard input')
    .option('--preset <id>', 'start from a preset instead of a file')
    .option(
      '--set <path=value>',
      'change one setting, e.g. optimizer.learningRate=0.01; repeatable',
      collect,
      [],
    )
    .option('--seed <number>', 'seed of initial weights and order of examples')
    .option('--name <name>', 'name of the run')
    .addOption(
      new Option(
        '--kernel <kernel>',
        'what computes it: the fastest that gives its bits by default; reference is slow and defines them',
      ).choices(KERNEL_CHOICES),
    )
    .option('--threads <number>', 'threads at most; as many as the machine has cores by default')
    .action(async (file: string | undefined, options: TrainOptions) => finish(await train(file, options)))

  addJson(command('verify', 'recompute the known figures of the five source systems'))
    .argument('[systems...]', 'S0 to S4; all of them by default')
    .option('--quick', 'leave out the long checks; says which')
    .addOption(
      new Option('--kernel <kernel>', 'what computes them; the fastest by default').choices(KERNEL_CHOICES),
    )
    .option('--db <path>', "run log beside which imported data sets lie; the application's own by default")
    .action(async (systems: string[], options: VerifyOptions) =>
      finish(await verifySystems(systems, options)),
    )

  addJson(command('gradcheck', 'check gradients, layer by layer, against finite differences'))
    .argument('[spec]', 'experiment as JSON; - reads standard input')
    .option('--preset <id>', 'start from a preset instead of a file')
    .option('--set <path=value>', 'change one setting; repeatable', collect, [])
    .option('--seed <number>', 'seed of initial weights and of the examples that are drawn')
    .option('--batch <number>', 'training examples in the batch; 16 by default')
    .option('--tolerance <number>', 'largest relative error that passes; 1e-6 by default')
    .option('--db <path>', "run log beside which imported data sets lie; the application's own by default")
    .action(async (file: string | undefined, options: GradcheckOptions) =>
      finish(await gradcheck(file, options)),
    )

  addQuery(addJson(addDatabase(command('runs', 'list logged runs, newest first')))).action(
    async (options: RunsOptions) => {
      await runs(options)
      finish(EXIT.ok)
    },
  )

  addQuery(
    addJson(
      addDatabase(command('compare', 'compare groups of logged runs: mean, spread, test of the difference')),
    ),
  )
    .argument('[runs...]', 'by id or name; a name means all runs that bear it')
    .option('--view <name>', 'runs, groups and report of a view that is saved in the application')
    .option('--metric <name>', 'measured by epoch, e.g. val/accuracy; val/loss by default')
    .addOption(new Option('--which <value>', 'value of each run; best by default').choices(COMPARED_VALUES))
    .option('--group-by <what>', GROUP_BY)
    .option('--baseline <run>', 'id or name of a run: its group is compared with all others, and no others')
    .option('--level <share>', 'confidence of the intervals; 0.95 by default')
    .action(async (names: string[], options: CompareOptions) => {
      await compare(names, options)
      finish(EXIT.ok)
    })

  addComparison(
    addQuery(
      addDatabase(command('export', 'write logged runs as CSV, or a comparison as a picture or a report')),
    )
      .addOption(
        new Option(
          '--format <format>',
          'long: one value a line; wide: one column a run and metric; runs: one line a run; seen: the numbers of a chart as it is drawn; svg: the chart; html: a report with everything',
        )
          .choices(EXPORT_FORMATS)
          .makeOptionMandatory(),
      )
      .option('--run <id>', 'only this run; repeatable', collect, [])
      .option('--view <name>', 'runs and comparison of a view that is saved in the application'),
  )
    .addOption(
      new Option('--theme <theme>', 'colours of a picture').choices(['light', 'dark']).default('light'),
    )
    .option('--width <pixels>', 'of a chart', '1100')
    .option('--height <pixels>', 'of a chart', '520')
    .option('--out <file>', 'file to write; - is stdout', '-')
    .action(async (options: ExportOptions) => {
      await exportRuns(options)
      finish(EXIT.ok)
    })

  addJson(addDatabase(command('import', 'import a CSV file or images as a data set')))
    .argument('<file...>', 'CSV file, or IDX files of images and labels, gzipped or not')
    .option('--name <name>', 'name of the data set; what the files are called by default')
    .addOption(
      new Option('--delimiter <character>', 'between cells of a CSV file; detected by default').choices([
        ',',
        ';',
        '\t',
        '|',
      ]),
    )
    .addOption(new Option('--decimal <character>', 'decimal mark; detected by default').choices(['.', ',']))
    .option('--skip-bad-rows', 'leave out rows with the wrong number of cells instead of refusing the file')
    .action(async (files: string[], options: ImportOptions) => {
      await importFiles(files, options)
      finish(EXIT.ok)
    })

  addJson(addDatabase(command('demo', 'train two MNIST runs, compare them, export CSV and a chart')))
    .option('--out <folder>', 'folder for the files', 'descent-demo')
    .option('--set <path=value>', 'change one setting of both runs; repeatable', collect, [])
    .action(async (options: DemoOptions) => finish(await demo(options)))

  return program
}

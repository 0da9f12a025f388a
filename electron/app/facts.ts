// What the application knows about itself and its machine.

import { availableParallelism } from 'node:os'
import { devDependencies, version } from '../../package.json'
import type { AppInfo } from '../contract'

export type Facts = Pick<AppInfo, 'version' | 'runtime' | 'platform' | 'cores'>

export function applicationFacts(): Facts {
  const { electron = '', chrome = '', node } = process.versions
  return {
    version,
    runtime: { electron, chrome, node, isFallback: isFallback(electron, devDependencies.electron) },
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
  }
}

/** Whether this is another runtime than the one that is shipped: a stand-in for machines that can not fetch it. */
export function isFallback(running: string, wanted: string): boolean {
  const major = (text: string): string => text.replace(/^\D+/, '').split('.')[0]
  return major(running) !== major(wanted)
}

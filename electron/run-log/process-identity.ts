// Who writes to the log, so that a run whose process died is told apart from one that another process trains.

import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

export interface ProcessIdentity {
  pid: number
  /** Tells this process from a later one with the same pid; null where the system does not say. */
  startToken: string | null
}

/** Boot id and start time in clock ticks since boot; Linux only. */
function readStartToken(pid: number): string | null {
  if (process.platform !== 'linux') return null
  try {
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    // A zombie has ended; only its parent has not looked yet.
    return state === 'Z' || state === 'X' ? null : `${bootId}:${fields[19]}`
  } catch {
    // No such process, or no /proc.
    return null
  }
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startToken: readStartToken(process.pid) }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // EPERM: it lives, and belongs to someone else.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** @param startedAt When the process was recorded, milliseconds since 1970: nothing survives a reboot. */
export function isAlive({ pid, startToken }: ProcessIdentity, startedAt: number): boolean {
  if (startToken !== null) return readStartToken(pid) === startToken
  const bootedAt = Date.now() - uptime() * 1000
  return startedAt >= bootedAt && exists(pid)
}

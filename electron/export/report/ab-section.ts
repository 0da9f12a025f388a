import type { Seen } from '../seen/read'
export function abSection(seen: Seen): { title: string; sentence: string; details: string } | null {
  void seen
  return null
}

// What axe finds wrong with the page as it stands, of the kinds that keep people out.

import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Serious and critical violations, each with its rule and elements; [] when all is well. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Electron opens no second page, in which axe would finish otherwise.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)
}

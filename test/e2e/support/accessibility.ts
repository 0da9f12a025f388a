// What axe finds wrong with the page as it stands, of the kinds that keep people out.

import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { OpenedApp } from './shared-app'

const THEMES = ['light', 'dark'] as const

/** Serious and critical violations, each with its rule and elements; [] when all is well. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Electron opens no second page, in which axe would finish otherwise. That thousands of elements pass a rule is not
  // written down one by one: it takes as long as the rules.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)
}

/** The same in either theme, each violation with its theme. */
export async function violationsInBothThemes(opened: OpenedApp): Promise<string[]> {
  const found: string[] = []
  for (const theme of THEMES) {
    await showTheme(opened, theme)
    found.push(...(await seriousViolations(opened.page)).map((violation) => `${theme}: ${violation}`))
  }
  return found
}

/** Resolves when the page stands in its colours, and none of them is on its way. */
async function showTheme({ page, call }: OpenedApp, theme: (typeof THEMES)[number]): Promise<void> {
  await call('settings.set', { theme })
  await page.waitForFunction(
    (isDark) =>
      matchMedia('(prefers-color-scheme: dark)').matches === isDark &&
      document.getAnimations().every((each) => !(each instanceof CSSTransition)),
    theme === 'dark',
  )
}

import { describe, expect, it } from 'vitest'
import { actionOf, problemPage } from '../../../../electron/app/problem-page'

const error = {
  code: 'database-damaged' as const,
  message: 'The database "<img src=x onerror=alert(1)>.db" is damaged.',
  hint: 'Open another & go on.',
  problems: [],
}

describe('the problem page', () => {
  it('shows message and hint as text, whatever they hold', () => {
    const html = problemPage({ error, actions: ['retry', 'quit'] })
    expect(html).not.toContain('<img')
    expect(html).toContain('&#60;img src=x onerror=alert(1)&#62;')
    expect(html).toContain('Open another &#38; go on.')
  })

  it('offers the choices as links that are actions', () => {
    const html = problemPage({ error, actions: ['retry', 'quit'] })
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => actionOf(url))
    expect(links).toEqual(['retry', 'quit'])
  })

  it.each([
    'app://descent/',
    'app://descent/action/format',
    'app://descent/action/toString',
    'https://action/quit',
  ])('knows no action for %s', (url) => {
    expect(actionOf(url)).toBeNull()
  })
})

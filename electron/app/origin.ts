// The one origin of the application's own pages.

export const APP_SCHEME = 'app'
export const APP_HOST = 'descent'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

let developmentOrigin: string | null = null

/** Lets the pages of the development server count as our own. Never called in a packaged application. */
export function allowDevelopmentServer(url: string): void {
  developmentOrigin = new URL(url).origin
}

export function developmentServer(): string | null {
  return developmentOrigin
}

export function isOwnPage(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, origin } = new URL(url)
  if (protocol === `${APP_SCHEME}:` && host === APP_HOST) return true
  return developmentOrigin !== null && origin === developmentOrigin
}

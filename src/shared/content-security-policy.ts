/**
 * What the page may load and do, in a browser and in the desktop's window alike: everything comes with it, nothing is
 * evaluated. Styles may stand in attributes, where charts put those of their tooltips.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

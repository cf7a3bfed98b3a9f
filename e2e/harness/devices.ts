/** A telephone, as most reports are made on. */
export const pocket = {
  viewport: { width: 375, height: 812 },
  isMobile: true,
  hasTouch: true,
  javaScriptEnabled: true,
}

/** A computer on a desk. Each says all, because a second browser begins with what the first one has. */
export const desk = {
  viewport: { width: 1440, height: 900 },
  isMobile: false,
  hasTouch: false,
  javaScriptEnabled: true,
}

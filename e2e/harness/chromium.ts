/**
 * What Chromium need not do for a test. Of two lists it heeds the last, so this one also says what
 * Playwright's own would (of 1.65; look again with the next).
 */
const spared = [
  // Two pages of the browser's own behind the address bar of each window, which no test sees and
  // which take longer to start than most of what a test opens.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // As Playwright says.
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

/** How the browser is started. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${spared.join(',')}`,
    // A microphone that hums, and that no person has to permit.
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ],
}

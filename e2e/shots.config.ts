import tests from './playwright.config'

/** Takes the pictures of docs/screenshots: `npm run shots`. */
export default {
  ...tests,
  testDir: 'shots',
  workers: 1,
  reporter: 'list',
  projects: tests.projects?.filter(({ name }) => name === 'desktop-zh') ?? [],
}

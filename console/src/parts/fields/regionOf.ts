/** The code of the region that a path of the tree lies in; nothing above all regions. */
export function regionOf(path: string): string | undefined {
  return path
    .split('/')
    .filter((node) => /^\d{6}$/.test(node))
    .at(-1)
}

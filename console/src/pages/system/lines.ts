/** The lines of a text that hold something. */
export function linesOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[\n,，;；\s]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

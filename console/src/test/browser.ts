let width = 1440

/** Sets the width that media queries see. */
export function setScreenWidth(pixels: number): void {
  width = pixels
}

/** Gives jsdom what it lacks of a browser. */
export function stubBrowser(): void {
  window.matchMedia = (query) => mediaList(query)
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  window.scrollTo = () => {}
  Element.prototype.scrollIntoView = () => {}
}

function mediaList(query: string): MediaQueryList {
  return {
    media: query,
    matches: fits(query),
    onchange: null,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
  }
}

function fits(query: string): boolean {
  const min = /\(min-width:\s*([\d.]+)px\)/.exec(query)?.[1]
  const max = /\(max-width:\s*([\d.]+)px\)/.exec(query)?.[1]
  if (min === undefined && max === undefined) return false
  return (min === undefined || width >= Number(min)) && (max === undefined || width <= Number(max))
}

/** A made-up picture, so that the gallery asks nobody for one. */
export const photo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><title>-</title><rect width="800" height="600" fill="#b7cfcb"/><circle cx="600" cy="160" r="70" fill="#f4e3b0"/><path d="M0 600 260 260 460 480 600 360 800 600Z" fill="#5d8a82"/></svg>',
)}`

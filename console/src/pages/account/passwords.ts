/** What is typed to change a password; it is never kept as a draft. */
export interface Passwords {
  old: string
  new: string
}

/** The fields that no draft may hold. */
export const secretFields: (keyof Passwords)[] = ['old', 'new']

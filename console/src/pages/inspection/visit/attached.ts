import type { Answers } from '@/parts/answer/schema'
import { newID, type Photo, type Visit } from './visit'

/** What an answer names a file by that is on this phone. */
export function newFile(): string {
  return `kept:${newID()}`
}

/** The files that answers still name: who takes a file out of an answer does not want it sent. */
export function kept({ answers, attached = {} }: Visit): Record<string, Photo> {
  const named = new Set(Object.values(answers).flatMap(namesIn))
  return Object.fromEntries(Object.entries(attached).filter(([id]) => named.has(id)))
}

/** The answers with what their files have become at the server. */
export function sentAs({ answers, attached = {} }: Visit): Answers {
  const at = (id: unknown) => (typeof id === 'string' && attached[id]?.upload) || id
  const sent = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(at)
    return isSignature(value) ? { ...value, file: at(value.file) } : value
  }
  return Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, sent(value)]))
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value as string[]
  return isSignature(value) ? [value.file] : []
}

function isSignature(value: unknown): value is { file: string } {
  return typeof value === 'object' && value !== null && 'file' in value
}

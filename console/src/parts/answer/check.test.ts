import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { check } from './check'
import type { Answers, FormSchema } from './schema'

interface Vector {
  name: string
  schema: FormSchema
  answers: {
    name: string
    given: Answers
    values: Answers
    problems: { field: string; zh: string; en: string }[]
  }[]
}

// The server's tests read the same file: both sides say the same, or one of them fails.
const file = `${import.meta.dirname}/../../../../internal/kit/form/testdata/vectors.json`
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[]

describe('what the server and the console say of answers', () => {
  for (const { name, schema, answers } of vectors) {
    for (const vector of answers) {
      it(`${name}: ${vector.name}`, () => {
        const { values, complaints } = check(schema, vector.given)
        const problems = complaints.map(({ field, text }) => ({
          field: `answers.${field}`,
          ...text,
        }))
        expect(problems).toEqual(vector.problems)
        expect(values).toEqual(vector.values)
      })
    }
  }
})

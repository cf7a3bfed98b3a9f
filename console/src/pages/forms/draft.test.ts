import { describe, expect, it } from 'vitest'
import type { FormSchema } from '@/parts/answer/schema'
import {
  choicesAbove,
  draftOf,
  isRequired,
  renamed,
  withField,
  withFieldMoved,
  without,
  withRequired,
  withSection,
  withSectionAs,
  withSectionMoved,
  withWhen,
} from './draft'

/** Two sections: a choice and a sum in the first, a number in the second. */
function sample(): FormSchema {
  let draft = withSection(withSection(draftOf({})))
  draft = withField(draft, 0, 'choice').draft
  draft = withField(draft, 0, 'computed').draft
  return withField(draft, 1, 'number').draft
}

const fields = (draft: FormSchema) => draft['x-sections'].map((section) => section.fields.join(' '))

describe('the draft of a form', () => {
  it('places fields under names that are free, those of retired ones not among them', () => {
    const draft = sample()
    expect(fields(draft)).toEqual(['choice_1 computed_1', 'number_1'])
    expect(withField(draft, 1, 'number').id).toBe('number_2')
    expect(withField(without(draft, 'number_1', true), 1, 'number').id).toBe('number_2')
    expect(withField(without(draft, 'number_1', false), 1, 'number').id).toBe('number_1')
  })

  it('moves fields within a section and over its border, and stops at the ends', () => {
    const draft = sample()
    expect(fields(withFieldMoved(draft, 'choice_1', 1))).toEqual([
      'computed_1 choice_1',
      'number_1',
    ])
    expect(fields(withFieldMoved(draft, 'computed_1', 1))).toEqual([
      'choice_1',
      'computed_1 number_1',
    ])
    expect(fields(withFieldMoved(draft, 'number_1', -1))).toEqual([
      'choice_1 computed_1 number_1',
      '',
    ])
    expect(withFieldMoved(draft, 'choice_1', -1)).toEqual(draft)
    expect(withFieldMoved(draft, 'number_1', 1)).toEqual(draft)
    expect(fields(withSectionMoved(draft, 0, 1))).toEqual(['number_1', 'choice_1 computed_1'])
    expect(fields(withSectionMoved(draft, 1, 1))).toEqual(fields(draft))
  })

  it('retires what was published, and takes out what was not', () => {
    const draft = withRequired(sample(), 'number_1', true)
    const gone = without(draft, 'number_1', true)
    expect([gone['x-retired'], gone.required, gone.properties.number_1]).toEqual([
      ['number_1'],
      [],
      undefined,
    ])
    expect(without(draft, 'number_1', false)['x-retired']).toEqual([])
    expect(Object.keys(withSectionAs(draft, 0, undefined).properties)).toEqual(['number_1'])
  })

  it('says that a field is required where its condition wants it', () => {
    const draft = withRequired(sample(), 'number_1', true)
    expect(draft.required).toEqual(['number_1'])
    expect(choicesAbove(draft, 'number_1')).toEqual(['choice_1'])
    const when = withWhen(draft, 'number_1', { field: 'choice_1', equals: 'yes' })
    expect(when.required).toEqual([])
    expect(when.properties.number_1?.['x-when']?.required).toBe(true)
    const always = withWhen(when, 'number_1', undefined)
    expect(always.required).toEqual(['number_1'])
    expect(isRequired(always, 'number_1')).toBe(true)
  })

  it('renames a field wherever it is named, unless the name is taken', () => {
    let draft = withWhen(sample(), 'number_1', { field: 'choice_1', equals: 'yes' })
    const computed = draft.properties.computed_1
    if (computed) computed['x-formula'] = 'sum(number_1, number_11) * 2'
    draft = renamed(renamed(draft, 'number_1', 'beds'), 'choice_1', 'open')
    expect(draft.properties.computed_1?.['x-formula']).toBe('sum(beds, number_11) * 2')
    expect(draft.properties.beds?.['x-when']?.field).toBe('open')
    expect(fields(draft)).toEqual(['open computed_1', 'beds'])
    expect(renamed(draft, 'beds', 'open')).toBe(draft)
  })

  it('leaves out of a document what the server writes by itself', () => {
    const draft = draftOf({
      properties: {
        n: {
          'x-kind': 'number',
          'x-label': { zh: '数', en: 'N' },
          minimum: -100_000_000_000,
          maximum: 5,
          ...{ type: 'number', multipleOf: 1 },
        },
      },
    })
    expect(draft.properties.n).toEqual({
      'x-kind': 'number',
      'x-label': { zh: '数', en: 'N' },
      maximum: 5,
    })
  })
})

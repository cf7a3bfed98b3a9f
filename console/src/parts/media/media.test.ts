import { describe, expect, it } from 'vitest'
import { text } from '@/i18n/text'
import { mediaKind, showSize } from './media'

describe('mediaKind', () => {
  it.each([
    ['image/jpeg', 'image'],
    ['image/svg+xml', 'file'],
    ['audio/mp4', 'audio'],
    ['video/mp4', 'video'],
    ['text/html', 'file'],
    ['application/pdf', 'file'],
    ['', 'file'],
  ])('%j is shown as %s', (type, kind) => {
    expect(mediaKind({ id: '1', name: 'x', type, url: '/x' })).toBe(kind)
  })

  it('shows a document by its pages, where it has any', () => {
    const document = { id: '1', name: 'x', type: 'document', url: '/x' }
    expect(mediaKind({ ...document, pages: ['/1'] })).toBe('pages')
    expect(mediaKind({ ...document, pages: [] })).toBe('file')
    const withheld = text('处理中', 'being processed')
    expect(mediaKind({ ...document, pages: ['/1'], withheld })).toBe('file')
  })

  it('never shows what is withheld', () => {
    const withheld = text('处理中', 'being processed')
    expect(mediaKind({ id: '1', name: 'x', type: 'image/png', url: '/x', withheld })).toBe('file')
  })
})

describe('showSize', () => {
  it('uses the unit that fits', () => {
    expect([0, 1023, 1024, 1_048_575, 1_048_576].map(showSize)).toEqual([
      '0 B',
      '1023 B',
      '1 KB',
      '1024 KB',
      '1.0 MB',
    ])
  })
})

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

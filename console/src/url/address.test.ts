import { describe, expect, it } from 'vitest'
import { placeOf } from './address'

describe('placeOf', () => {
  it('reads addresses with and without the base path', () => {
    const place = { to: '/casework/cases', search: { state: ['new', 'due'] } }
    expect(placeOf('/console/casework/cases?state=new&state=due')).toEqual(place)
    expect(placeOf('/casework/cases?state=new&state=due')).toEqual(place)
    expect(placeOf('/console')).toEqual({ to: '/', search: {} })
    expect(placeOf('/consoles')).toEqual({ to: '/consoles', search: {} })
  })

  it.each(['javascript:alert(1)', 'https://example.org/', '//example.org', '/\\example.org', ''])(
    'refuses %j, which leads out of the console',
    (address) => {
      expect(placeOf(address)).toBeUndefined()
    },
  )
})

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { expire } from '@/api/session'
import { onSignedOut } from '@/api/signedOut'
import { useSettings } from '@/settings/useSettings'

/** Forgets the person when the server does, and asks anew for its texts when the language changes. */
export function SessionWatch() {
  const client = useQueryClient()
  const { language } = useSettings()
  const loadedIn = useRef(language)
  useEffect(() => onSignedOut(() => expire(client)), [client])
  useEffect(() => {
    if (loadedIn.current === language) return
    loadedIn.current = language
    client.invalidateQueries()
  }, [client, language])
  return null
}

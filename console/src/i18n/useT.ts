import { useMemo } from 'react'
import { useSettings } from '@/settings/useSettings'
import { type Translate, translator } from './text'

/** The translator of the language that the person chose: `const t = useT(); t('中文', 'English')`. */
export function useT(): Translate {
  const { language } = useSettings()
  return useMemo(() => translator(language), [language])
}

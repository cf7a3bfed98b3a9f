import type { Translate } from '@/i18n/text'

/** Writes a length of time in its two largest units. */
export function showSpan(seconds: number, t: Translate): string {
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (days > 0) return t(`${days} 天 ${hours} 小时`, `${days} d ${hours} h`)
  if (hours > 0) return t(`${hours} 小时 ${minutes} 分`, `${hours} h ${minutes} min`)
  if (minutes > 0) return t(`${minutes} 分钟`, `${minutes} min`)
  return t(`${Math.floor(seconds)} 秒`, `${Math.floor(seconds)} s`)
}

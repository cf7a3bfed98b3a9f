import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { resume, useExpired } from '@/api/session'
import { useT } from '@/i18n/useT'
import { LoginForm } from '@/pages/login/LoginForm'

/** Stands over the page when the session has ended; signing in leaves everything as it was. */
export function SignInAgain() {
  const t = useT()
  const client = useQueryClient()
  const expired = useExpired()
  if (!expired) return null
  return (
    <Modal
      open
      title={t('登录已过期', 'Your session has ended')}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={400}
    >
      <p>
        {t(
          '请重新登录。页面和没有提交的内容都还在，登录后再提交一次即可。',
          'Please sign in again. The page and what you typed are still here; then submit once more.',
        )}
      </p>
      <LoginForm onDone={(user) => resume(client, user)} />
    </Modal>
  )
}

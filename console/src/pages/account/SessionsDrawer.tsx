import { Drawer } from 'antd'
import { useNarrow } from '@/app/useNarrow'
import { useT } from '@/i18n/useT'
import { useUrlForm } from '@/url/useUrlForm'
import { SessionsList } from './SessionsList'

/** Where the person is signed in. */
export function SessionsDrawer() {
  const t = useT()
  const narrow = useNarrow()
  const url = useUrlForm('sessions')
  return (
    <Drawer
      title={t('登录设备', 'Signed-in devices')}
      open={url.open}
      onClose={url.hide}
      size={narrow ? '100%' : 420}
      destroyOnHidden
    >
      <SessionsList />
    </Drawer>
  )
}

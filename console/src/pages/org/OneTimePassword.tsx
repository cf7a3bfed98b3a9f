import { Alert, Modal, Typography } from 'antd'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { When } from '@/parts/record/When'

interface OneTimePasswordProps {
  issued: Schemas['OrgCredentials']
  onClose: () => void
}

/** Shows a new password this once; it is kept nowhere. */
export function OneTimePassword({ issued, onClose }: OneTimePasswordProps) {
  const t = useT()
  return (
    <Modal
      open
      title={t('一次性密码', 'One-time password')}
      onCancel={onClose}
      onOk={onClose}
      okText={t('已记下', 'Noted')}
      cancelButtonProps={{ hidden: true }}
      mask={{ closable: false }}
    >
      <Alert
        type="warning"
        showIcon
        title={t(
          '只显示这一次，请当面或用可靠方式交给本人；首次登录须修改。',
          'It is shown only this once. Hand it over in person; it has to be changed at the first sign-in.',
        )}
      />
      <p>
        {t('用户名', 'User name')}：<strong>{issued.username}</strong>
      </p>
      <Typography.Text copyable className="qf-one-time">
        {issued.password}
      </Typography.Text>
      <p>
        {t('有效期至', 'Good until')} <When at={issued.until} />
      </p>
    </Modal>
  )
}

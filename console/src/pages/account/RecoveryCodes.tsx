import { Alert, Button, Modal, Typography } from 'antd'
import { useT } from '@/i18n/useT'
import './account.css'

interface RecoveryCodesProps {
  codes: string[]
  onClose: () => void
}

/** Shows recovery codes this once. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  const t = useT()
  const text = codes.join('\n')
  return (
    <Modal
      open
      title={t('恢复码', 'Recovery codes')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('已保存好', 'I have kept them')}
        </Button>
      }
    >
      <Alert
        type="warning"
        showIcon
        title={t(
          '只显示这一次。手机丢失时，每个恢复码可以代替一次动态口令；请打印或抄下来，不要和密码放在一起。',
          'Shown only this once. If you lose your telephone, each stands in for one code. Print or copy them, and keep them apart from your password.',
        )}
      />
      <ul className="qf-recovery">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Typography.Text copyable={{ text }}>{t('复制全部', 'Copy all')}</Typography.Text>
    </Modal>
  )
}

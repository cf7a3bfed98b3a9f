import { Alert, Modal, QRCode, Typography } from 'antd'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { When } from '@/parts/record/When'
import './inspection.css'

interface MonitorLinkProps {
  link: Schemas['InspectionPersonalLink']
  /** The last day on which it opens anything. */
  lastDay: string
  onClose: () => void
}

/** The personal link of a social supervisor, shown this once. What opens it is in the part of
 * the address that a browser sends to nobody. */
export function MonitorLink({ link, lastDay, onClose }: MonitorLinkProps) {
  const t = useT()
  const address = `${location.origin}/console/link#${link.token}`
  return (
    <Modal
      open
      title={t(`${link.name}的个人链接`, `Personal link of ${link.name}`)}
      onCancel={onClose}
      onOk={() => window.print()}
      okText={t('打印', 'Print')}
      cancelText={t('已交给本人', 'Handed over')}
      mask={{ closable: false }}
    >
      <Alert
        type="warning"
        showIcon
        title={t(
          '只显示这一次。请本人当面扫码，用手机号后四位核对并设置六位 PIN；不要转发。',
          'It is shown only this once. Have the person scan it here, confirm the telephone number and choose a PIN. Do not forward it.',
        )}
      />
      <div className="qf-link-code">
        <QRCode value={address} size={220} color="#000000" bgColor="#ffffff" />
        <Typography.Text copyable className="qf-hash">
          {address}
        </Typography.Text>
        <span>
          {t('有效期至', 'Good until')} <When at={lastDay} precision="date" />
        </span>
      </div>
    </Modal>
  )
}

import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { When } from '@/parts/record/When'

/** Since when a draft waits, for whom, and what becomes of it meanwhile. */
export function DraftWaits({ of, until }: { of: Schemas['CampaignWaiting']; until: string }) {
  const t = useT()
  const names = of.for.join(t('、', ', '))
  return (
    <Alert
      type="info"
      showIcon
      title={
        <>
          {t('已送审，时间 ', 'Handed in ')}
          <When at={of.since} />
          {names
            ? t(`，等待${names}${until}。`, `; waits for ${names} to ${until}.`)
            : t(
                '，但牵头单位没有分管领导的账号，请联系系统管理员。',
                ', but the unit that leads has no director with an account: please ask the administrator.',
              )}
        </>
      }
      description={t(
        '送审后内容不再改动；要改，由起草单位撤回，或由分管领导退回。',
        'It stays as it is; to change it, who drafted it takes it back, or the director sends it back.',
      )}
    />
  )
}

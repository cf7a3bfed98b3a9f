import { Alert, Form, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { askIdentity, type CaseDetail, openIdentity, type Purpose } from './caseApi'
import { optionsOf } from './options'
import { useCaseWords } from './useCaseWords'

interface IdentityDrawerProps {
  detail: CaseDetail
  /** Its subject is the report whose reporter is wanted. */
  url: UrlForm
}

interface Wanted {
  purpose: Purpose
  reason?: string
}

/** The form in which one says why one needs to know who reported: the custodian reads it, or the file keeps it. */
export function IdentityDrawer({ detail, url }: IdentityDrawerProps) {
  const t = useT()
  const { purposes } = useCaseWords()
  const reporter = detail.reporters.find(({ report }) => report === url.subject)
  if (!reporter) return null
  const guarded = reporter.state === 'guarded'
  const title = guarded
    ? t('申请查看姓名和电话', 'Ask to see name and telephone')
    : t('查看姓名和电话', 'See name and telephone')
  const { id } = detail.case
  return (
    <FormDrawer<Wanted, unknown>
      key={reporter.report}
      name={`case.${id}.identity.${reporter.report}`}
      title={title}
      url={url}
      submitLabel={guarded ? t('提交申请', 'Send the request') : t('查看', 'Open')}
      initial={{ purpose: guarded ? reporter.likely : 'other' }}
      submit={(wanted) =>
        (guarded ? askIdentity : openIdentity)(id, { report: reporter.report, ...wanted })
      }
    >
      {guarded && (
        <Alert
          className="qf-form-notice"
          type="info"
          showIcon
          title={t(
            '由身份保管人审批。审批人只看到编号、类别、您的姓名单位和下面的理由，看不到诉求内容和身份；请不要在理由里写诉求内容。诉求人会看到哪个单位为什么申请。',
            'The identity custodian decides, and sees the number, the category, your name and unit and the reason below, but neither the case nor the reporter: write nothing of the case into the reason. The reporter reads which unit asked and what for.',
          )}
        />
      )}
      <Form.Item name="purpose" label={t('用途', 'Purpose')} required>
        <Select options={optionsOf(purposes, t)} />
      </Form.Item>
      <Form.Item name="reason" label={t('理由', 'Reason')} required>
        <LongText rows={3} />
      </Form.Item>
    </FormDrawer>
  )
}

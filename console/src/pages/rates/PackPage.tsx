import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Form, Skeleton } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Page } from '@/parts/Page'
import { When } from '@/parts/record/When'
import { settings } from '@/settings/settings'
import { writeParams } from '@/url/params'
import { useUrlForm } from '@/url/useUrlForm'
import { PackBody } from './PackBody'
import { type Pack, packOf, signOff } from './ratesApi'
import { WindowState } from './WindowState'
import './rates.css'

/** What the monthly meeting reads, to be printed and signed off. */
export default function PackPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const pack = useQuery(packOf(id))
  if (pack.error) return <ProblemAlert error={pack.error} onRetry={pack.refetch} />
  if (!pack.data) return <Skeleton active />
  const { window, region, signer } = pack.data
  return (
    <Page
      title={t(
        `${region} ${window.label.zh} 月度通报`,
        `${region}: monthly pack, ${window.label.en}`,
      )}
      actions={<PackActions pack={pack.data} />}
    >
      <div className="qf-stack qf-pack">
        <div className="qf-rates-state">
          <WindowState window={window} />
          <span className="qf-faint">
            <When at={window.starts_at} precision="date" /> — <When at={window.ends_at} due />
          </span>
          <span className="qf-faint">
            {t('是否超期判断到', 'judged overdue or not as of the end of')}{' '}
            <When at={window.as_of} due />
          </span>
          <span className="qf-faint">
            {t('统计于', 'counted')} <When at={window.computed_at} />
          </span>
          {window.signed_at && (
            <span className="qf-faint">
              {t(`${signer ?? ''} 签发于`, `signed off by ${signer ?? ''} on`)}{' '}
              <When at={window.signed_at} />
            </span>
          )}
          {window.signed_note && <span>{window.signed_note}</span>}
        </div>
        <PackBody pack={pack.data} />
      </div>
    </Page>
  )
}

/** The address of the pack as a file, in the language in which it is read; the official document is in Chinese. */
function packFile(id: string, format: 'xlsx' | 'docx'): string {
  return `/api/v1/rates/windows/${encodeURIComponent(id)}/pack/export${writeParams({ format, lang: settings().language })}`
}

function PackActions({ pack }: { pack: Pack }) {
  const t = useT()
  const signing = useUrlForm('sign')
  const { id, complete, signed_at: signed } = pack.window
  return (
    <>
      <Button className="qf-no-print" icon={<DownloadOutlined />} href={packFile(id, 'docx')}>
        {t('下载公文', 'Official document')}
      </Button>
      <Button className="qf-no-print" icon={<DownloadOutlined />} href={packFile(id, 'xlsx')}>
        {t('下载 Excel', 'Excel workbook')}
      </Button>
      <Button
        className="qf-no-print"
        href={`/api/v1/rates/extract${writeParams({ window: id, format: 'xlsx' })}`}
      >
        {t('脱敏明细', 'Anonymised extract')}
      </Button>
      <Button className="qf-no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
        {t('打印', 'Print')}
      </Button>
      {complete && !signed && (
        <Can permission="rates.sign">
          <Button className="qf-no-print" type="primary" onClick={() => signing.show()}>
            {t('签发', 'Sign off')}
          </Button>
        </Can>
      )}
      <FormDrawer<{ note?: string }, void>
        name={`rates.sign.${id}`}
        title={t('签发通报', 'Sign the pack off')}
        url={signing}
        submitLabel={t('签发', 'Sign off')}
        submit={({ note }) => signOff(id, note?.trim() ?? '')}
      >
        <p>
          {t(
            '签发后，这一期的数据和考核规则不再变化；此后变化的诉求只作为更正列在旁边。',
            'From then on the figures and rules of this window stay as they are; cases that change later are shown beside them as corrections.',
          )}
        </p>
        <Form.Item name="note" label={t('签发意见', 'Note')}>
          <LongText />
        </Form.Item>
      </FormDrawer>
    </>
  )
}

import { Form, Radio } from 'antd'
import { useT } from '@/i18n/useT'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { downloadSheet, type SheetSize } from './selfcheckApi'

interface SheetDrawerProps {
  id: string
  /** None means all that sent nothing. */
  units: string[]
  url: UrlForm
}

/** Links and codes on paper, a page for each institution. */
export function SheetDrawer({ id, units, url }: SheetDrawerProps) {
  const t = useT()
  const n = units.length
  return (
    <FormDrawer<{ size: SheetSize }, void>
      name={`selfcheck.sheet.${id}`}
      title={
        n > 0
          ? t(`打印 ${n} 家机构的链接`, `Print the links of ${n} institutions`)
          : t('打印所有未自查机构的链接', 'Print the links of all that sent nothing')
      }
      url={url}
      width={440}
      initial={{ size: 'a5' }}
      submitLabel={t('下载 PDF', 'Download PDF')}
      submit={({ size }) => downloadSheet(id, size, units)}
    >
      <p>
        {t(
          '每家机构一页，扫码即可填报。请当面交给机构，拿到的人就能替它填报；打印会记录在案。',
          'A page for each institution. Hand it over in person: whoever has it may answer for the institution. Printing is recorded.',
        )}
      </p>
      <Form.Item name="size" label={t('规格', 'Size')} required>
        <Radio.Group
          vertical
          options={[
            { value: 'a4', label: 'A4' },
            { value: 'a5', label: 'A5' },
            { value: 'a6', label: 'A6' },
          ]}
        />
      </Form.Item>
    </FormDrawer>
  )
}

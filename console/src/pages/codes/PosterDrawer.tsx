import { Form, Radio } from 'antd'
import { useT } from '@/i18n/useT'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { downloadPosters, type PosterOrder, type PosterSize } from './codeApi'

interface PosterDrawerProps {
  url: UrlForm
  /** The ticked codes; none means those of an institution, which is asked for. */
  codes: string[]
}

/** Asks for the size, and where no codes are ticked for the institution, and downloads the posters. */
export function PosterDrawer({ url, codes }: PosterDrawerProps) {
  const t = useT()
  const sizes: { value: PosterSize; label: string }[] = [
    { value: 'a4', label: t('A4 海报', 'A4 poster') },
    { value: 'a5', label: t('A5 台卡', 'A5 stand') },
    { value: 'a6', label: t('A6 卡片', 'A6 card') },
    { value: 'a3', label: t('A3 海报', 'A3 poster') },
    { value: 'sticker', label: t('门贴 10×10 厘米', 'Door sticker, 10 × 10 cm') },
  ]
  const ticked = codes.length > 0
  return (
    <FormDrawer<PosterOrder, void>
      name="codes.posters"
      title={
        ticked
          ? t(`打印 ${codes.length} 张海报`, `Print ${codes.length} posters`)
          : t('打印一家机构的海报', 'Print an institution’s posters')
      }
      url={url}
      width={440}
      initial={{ size: 'a4' }}
      submitLabel={t('下载 PDF', 'Download PDF')}
      submit={({ size, institution }) =>
        downloadPosters(ticked ? { size, codes } : { size, ...(institution && { institution }) })
      }
    >
      {!ticked && (
        <Form.Item
          name="institution"
          label={t('医疗机构', 'Institution')}
          required
          extra={t(
            '该机构所有在用的二维码，每个地点一张。只打几张时，请在列表里勾选。',
            'All live codes of the institution, one page each. For a few, tick them in the list.',
          )}
        >
          <InstitutionPicker />
        </Form.Item>
      )}
      <Form.Item name="size" label={t('规格', 'Size')} required>
        <Radio.Group vertical options={sizes} />
      </Form.Item>
    </FormDrawer>
  )
}

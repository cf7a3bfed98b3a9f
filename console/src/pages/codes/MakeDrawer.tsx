import { App, Form } from 'antd'
import { useT } from '@/i18n/useT'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { makeCodes } from './codeApi'

interface Wanted {
  institution: string
}

/** Makes codes for all places of an institution that have none. */
export function MakeDrawer({ url }: { url: UrlForm }) {
  const t = useT()
  const { message } = App.useApp()
  return (
    <FormDrawer<Wanted, Awaited<ReturnType<typeof makeCodes>>>
      name="codes.make"
      title={t('制作二维码', 'Make codes')}
      url={url}
      width={440}
      submitLabel={t('制作', 'Make')}
      submit={makeCodes}
      onDone={({ codes, had }) =>
        message.success(
          t(
            `制作了 ${codes?.length ?? 0} 个，${had} 个地点原来就有。`,
            `${codes?.length ?? 0} made; ${had} places had one already.`,
          ),
        )
      }
    >
      <Form.Item
        name="institution"
        label={t('医疗机构', 'Institution')}
        required
        extra={t(
          '给它所有还没有二维码的地点各做一个；已有的不变。',
          'One for each of its places that has none; those that exist stay.',
        )}
      >
        <InstitutionPicker />
      </Form.Item>
    </FormDrawer>
  )
}

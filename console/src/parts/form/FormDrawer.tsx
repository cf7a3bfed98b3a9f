import { Drawer } from 'antd'
import { useNarrow } from '@/app/useNarrow'
import type { UrlForm } from '@/url/useUrlForm'
import { ActionForm, type ActionFormProps } from './ActionForm'

interface FormDrawerProps<V extends object, R> extends Omit<ActionFormProps<V, R>, 'onCancel'> {
  title: string
  /** From `useUrlForm`: whether it is open stands in the address. */
  url: UrlForm
  /** Width in pixels where there is room. */
  width?: number
}

/** An `ActionForm` in a drawer at the right; closing it keeps what was typed. */
export function FormDrawer<V extends object, R>(props: FormDrawerProps<V, R>) {
  const { title, url, width = 520, onDone, ...form } = props
  const narrow = useNarrow()
  const done = (result: R) => {
    url.hide()
    onDone?.(result)
  }
  return (
    <Drawer
      title={title}
      open={url.open}
      onClose={url.hide}
      size={narrow ? '100%' : width}
      destroyOnHidden
      rootClassName="qf-form-drawer"
      styles={{ body: { paddingBottom: 0 } }}
    >
      <ActionForm {...form} onDone={done} onCancel={url.hide} />
    </Drawer>
  )
}

import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'

interface View {
  key: string
  label: string
  content: ReactNode
}

/** Lists that share a page; which one is shown stands in the address. */
export function Views({ views }: { views: View[] }) {
  const [params, change] = useUrlParams()
  const shown = views.find((one) => one.key === single(params.view)) ?? views[0]
  const leave = Object.fromEntries(Object.keys(params).map((name) => [name, undefined]))
  return (
    <>
      <Tabs
        activeKey={shown?.key ?? ''}
        onChange={(next) => change({ ...leave, view: next === views[0]?.key ? undefined : next })}
        items={views.map(({ key, label }) => ({ key, label }))}
      />
      {shown?.content}
    </>
  )
}

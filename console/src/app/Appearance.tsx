import { StyleProvider } from '@ant-design/cssinjs'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useLayoutEffect } from 'react'
import { languageTag } from '@/i18n/text'
import { useDark } from '@/settings/useDark'
import { useSettings } from '@/settings/useSettings'
import { type ThemeName, themeFor } from './theme'

const themes = { 'qf-light': themeFor('qf-light'), 'qf-dark': themeFor('qf-dark') }

// Ant Design still writes its variables into style elements; the built style sheet has them already,
// and a container outside the document keeps them from the content security policy.
const nowhere = document.createElement('div')

/** The theme and the language of everything below. */
export function Appearance({ children }: { children: ReactNode }) {
  const { language } = useSettings()
  const name: ThemeName = useDark() ? 'qf-dark' : 'qf-light'
  useLayoutEffect(() => {
    document.documentElement.className = name
  }, [name])
  useLayoutEffect(() => {
    document.documentElement.lang = languageTag(language)
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  }, [language])
  return (
    <StyleProvider container={nowhere}>
      <ConfigProvider
        theme={themes[name]}
        locale={language === 'zh' ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
      >
        <App component={false} message={{ maxCount: 3 }}>
          {children}
        </App>
      </ConfigProvider>
    </StyleProvider>
  )
}

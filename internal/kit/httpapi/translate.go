package httpapi

import (
	"regexp"

	"qingfeng/internal/kit/i18n"
)

// phrase gives huma's English complaint, as a pattern, in plain words of both
// languages; $1 stands for the first group.
type phrase struct {
	pattern *regexp.Regexp
	text    i18n.Text
}

var phrases = []phrase{
	said(`^validation failed$`, "填写的内容有误", "some of the input is not right"),
	said(`^expected required property (.*) to be present$`, "缺少 $1", "$1 is missing"),
	said(`^required (?:path|query|header|cookie|form) parameter is missing$`, "缺少此项", "this is missing"),
	said(`^request body is required$`, "请求没有内容", "the request has no body"),
	said(`^unexpected property$`, "不认识此项", "this field is not known"),
	said(`^unknown query parameter$`, "不认识此查询参数", "this query parameter is not known"),
	said(`^expected value to be one of "(.*)"$`, "只能是以下之一：$1", "must be one of: $1"),
	said(`^expected length >= 1$`, "请填写此项", "please fill this in"),
	said(`^expected length >= (\d+)$`, "至少 $1 个字", "at least $1 characters"),
	said(`^expected length <= (\d+)$`, "最多 $1 个字", "at most $1 characters"),
	said(`^expected array length >= (\d+)$`, "至少 $1 项", "at least $1 items"),
	said(`^expected array length <= (\d+)$`, "最多 $1 项", "at most $1 items"),
	said(`^expected number >= (.*)$`, "不能小于 $1", "must be at least $1"),
	said(`^expected number > (.*)$`, "必须大于 $1", "must be more than $1"),
	said(`^expected number <= (.*)$`, "不能大于 $1", "must be at most $1"),
	said(`^expected number < (.*)$`, "必须小于 $1", "must be less than $1"),
	said(`^expected (?:number|integer).*$`, "应为数字", "must be a number"),
	said(`^expected boolean$`, "应为是或否", "must be true or false"),
	said(`^expected string to be RFC 3339 date-time$`, "应为日期和时间，如 2026-07-28T09:30:00+08:00", "must be a date and time such as 2026-07-28T09:30:00+08:00"),
	said(`^expected string to be RFC 3339 date$`, "应为日期，如 2026-07-28", "must be a date such as 2026-07-28"),
	said(`^invalid (?:date/time|value|time|date).*$`, "格式不对", "not in the right format"),
	said(`^invalid (?:integer|float|number|uint).*$`, "应为数字", "must be a number"),
	said(`^expected string to (?:match pattern|be) .*$`, "格式不对", "not in the right format"),
	said(`^expected string$`, "应为文字", "must be text"),
	said(`^expected array$`, "应为列表", "must be a list"),
	said(`^expected object$`, "应为一组字段", "must be an object"),
	said(`^request body is too large limit=(\d+) bytes$`, "内容太长（最多 $1 字节），请删减后再提交", "too long (at most $1 bytes); please shorten it"),
	said(`^request body read timeout$`, "上传太慢，连接超时，请重试", "the upload was too slow; please try again"),
	said(`^cannot read request body$`, "连接中断，请重试", "the connection broke; please try again"),
	said(`body is not UTF-8`, "文字编码不对，应为 UTF-8", "the text is not UTF-8"),
	said(`body names a field twice`, "有一项写了两次", "a field is there twice"),
	said(`body holds a null character`, "内容含有无法保存的控制字符", "the text holds a control character that cannot be stored"),
	said(`^unknown content type.*$`, "不支持的内容类型，请用 application/json", "this content type is not supported; use application/json"),
}

func said(pattern, zh, en string) phrase {
	return phrase{regexp.MustCompile(pattern), i18n.T(zh, en)}
}

// translate puts a complaint of huma into plain words. What it does not know
// becomes a general complaint: the English of a library may repeat the input.
func translate(msg string) i18n.Text {
	for _, p := range phrases {
		m := p.pattern.FindStringSubmatchIndex(msg)
		if m == nil {
			continue
		}
		expand := func(s string) string { return string(p.pattern.ExpandString(nil, s, msg, m)) }
		return i18n.T(expand(p.text.ZH), expand(p.text.EN))
	}
	return i18n.T("内容无法识别", "this cannot be understood")
}

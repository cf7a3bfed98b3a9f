package app

import (
	"io"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"qingfeng/internal/kit/i18n"
)

// chineseHelp gives every command, argument and flag below a node its Chinese
// help. What has none keeps its English; a test finds that.
func chineseHelp(n *kong.Node) {
	for _, help := range helpTexts(n) {
		if zh, ok := helpZH[*help]; ok {
			*help = zh
		}
	}
}

// helpTexts are the texts of help of a node and of all below it.
func helpTexts(n *kong.Node) (texts []*string) {
	texts = append(texts, &n.Help)
	for _, flag := range n.Flags {
		texts = append(texts, &flag.Help)
	}
	for _, arg := range n.Positional {
		texts = append(texts, &arg.Help)
	}
	for _, child := range n.Children {
		texts = append(texts, helpTexts(child)...)
	}
	return texts
}

// helpIn is where help is printed for a language.
func helpIn(lang i18n.Lang, out io.Writer) io.Writer {
	if lang == i18n.EN {
		return out
	}
	return chineseFrame{out}
}

// chineseFrame puts the words that the parser writes around help into Chinese.
type chineseFrame struct{ out io.Writer }

var (
	frameWords = strings.NewReplacer("Arguments:\n", "参数：\n", "Flags:\n", "选项：\n", "Commands:\n", "命令：\n")
	frameUsage = regexp.MustCompile(`^Usage: `)
	frameMore  = regexp.MustCompile(`^Run "(.*)" for more information.*\.`)
)

// Write puts one line, as the parser writes them.
func (f chineseFrame) Write(line []byte) (int, error) {
	text := frameMore.ReplaceAllString(frameUsage.ReplaceAllString(string(line), "用法："), "每个命令的用法：$1")
	if _, err := frameWords.WriteString(f.out, text); err != nil {
		return 0, err
	}
	return len(line), nil
}

package upload

import (
	"encoding/base64"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	maxMetadata = 8 << 10 // bytes of the header
	maxType     = 127     // characters of a media type, RFC 6838 4.2
)

// metadata is what the sender says about a file. Other keys are not stored.
type metadata struct{ name, mediaType string }

// parseMetadata reads the header Upload-Metadata: pairs of a key and a base64
// value, divided by commas.
func parseMetadata(header string, maxName int) (m metadata, err error) {
	if len(header) > maxMetadata {
		return m, errMalformed("Upload-Metadata")
	}
	seen := map[string]string{}
	for pair := range strings.SplitSeq(header, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(pair), " ")
		raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
		_, twice := seen[key]
		if err != nil || twice || !plain(string(raw)) {
			return m, errMalformed("Upload-Metadata")
		}
		seen[key] = string(raw)
	}
	m = metadata{seen["filename"], seen["filetype"]}
	if utf8.RuneCountInString(m.name) > maxName {
		return m, fault.Field("filename", i18n.T("文件名太长，最多 %d 个字", "the file name is too long; at most %d characters"), maxName).
			WithFix(i18n.T("请把文件名改短后再上传", "please shorten the name and upload again"))
	}
	if len(m.mediaType) > maxType {
		return m, errMalformed("Upload-Metadata")
	}
	return m, nil
}

// plain reports whether s is text that can be stored and shown.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// String writes the header as the sender wrote it, for HEAD.
func (m metadata) String() string {
	var parts []string
	for _, p := range [...]struct{ key, value string }{{"filename", m.name}, {"filetype", m.mediaType}} {
		if p.value != "" {
			parts = append(parts, p.key+" "+base64.StdEncoding.EncodeToString([]byte(p.value)))
		}
	}
	return strings.Join(parts, ",")
}

// setMetadata tells the sender of an upload what it said.
func setMetadata(h http.Header, up row) {
	if text := (metadata{up.Name, up.Type}).String(); text != "" {
		h.Set("Upload-Metadata", text)
	}
}

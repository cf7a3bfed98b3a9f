package media

import (
	"errors"
	"fmt"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// The refusals of Inspect. Each says what the person can do.

func errUnwanted() error {
	return fault.New(fault.Invalid, i18n.T("不接受这种文件", "files of this kind are not accepted")).
		WithFix(i18n.T("可以上传照片（JPG、PNG、HEIC、WEBP、GIF）、录音（MP3、M4A、AAC、AMR、WAV、OGG、OPUS）、视频（MP4、MOV、WEBM、3GP）和文档（PDF、DOCX、XLSX、TXT）",
			"accepted are photos (JPG, PNG, HEIC, WEBP, GIF), recordings (MP3, M4A, AAC, AMR, WAV, OGG, OPUS), videos (MP4, MOV, WEBM, 3GP) and documents (PDF, DOCX, XLSX, TXT)"))
}

func errMisnamed() error {
	return fault.New(fault.Invalid, i18n.T("文件的内容与文件名不符", "the content of the file is not what its name says")).
		WithFix(i18n.T("请上传原来的文件，不要改扩展名", "please upload the file as it was, without changing the ending of its name"))
}

func errEmpty() error {
	return fault.New(fault.Invalid, i18n.T("这是一个空文件", "this file is empty")).
		WithFix(i18n.T("请另选文件", "please choose another file"))
}

func errTooLarge(bytes int64) error {
	return fault.New(fault.TooLarge, i18n.T("文件太大，这类文件最多 %d MB", "the file is too large; files of this kind may have %d MB"), bytes>>20).
		WithFix(i18n.T("请压缩、裁剪或分成几个文件后再上传", "please compress, trim or split it and upload again"))
}

func errTooManyPixels(l Limits) error {
	return fault.New(fault.Invalid, i18n.T("图片尺寸太大：每边最多 %[1]d 像素，总共最多 %[2]d 万像素", "the picture is too large: at most %[1]d pixels a side and %[3]d million in all"),
		l.Side, l.Pixels/10_000, l.Pixels/1_000_000).
		WithFix(i18n.T("请缩小后再上传", "please make it smaller and upload again"))
}

func errDamaged() error {
	return fault.New(fault.Invalid, i18n.T("文件已损坏或不完整", "the file is damaged or incomplete")).
		WithFix(i18n.T("请确认文件能正常打开后重新上传", "please check that the file opens, and upload it again"))
}

func errMacros() error {
	return fault.New(fault.Invalid, i18n.T("文档中含有宏，不予接受", "documents with macros are not accepted")).
		WithFix(i18n.T("请另存为不含宏的文档或 PDF 后再上传", "please save it without macros or as PDF and upload again"))
}

// failed tells staff why there is no copy, and keeps the cause for the log.
func failed(kind fault.Kind, text i18n.Text, cause error) error {
	f := fault.New(kind, text).
		WithFix(i18n.T("原件已妥善保存；可以稍后重试", "the original is safe; the copy can be tried again later"))
	if cause == nil {
		return f
	}
	return fmt.Errorf("%w: %w", f, cause)
}

func errMissing(tool string) error {
	return failed(fault.Unavailable, i18n.T("服务器没有安装 %s，无法生成可查看的副本", "%s is not installed on the server, so no copy to look at can be made").With(tool), nil)
}

func errUndecodable(cause error) error {
	return failed(fault.Invalid, i18n.T("文件内容无法解读，没有生成可查看的副本", "the content of the file cannot be read, so there is no copy to look at"), cause)
}

func errTakesTooLong(cause error) error {
	return failed(fault.Unavailable, i18n.T("处理文件超时，没有生成可查看的副本", "the file took too long to process, so there is no copy to look at"), cause)
}

func errTooManyPages(most int) error {
	return failed(fault.Invalid, i18n.T("文档超过 %d 页，没有生成可查看的副本", "the document has more than %d pages, so there is no copy to look at").With(most), nil)
}

func errLeaks(tag string) error {
	return failed(fault.Invalid, i18n.T("文件中的附加信息无法清除，没有生成可查看的副本", "the file holds information that cannot be removed, so there is no copy to look at"),
		errors.New("left in the container: "+tag))
}

"""Why the system refused a file or folder, in both languages: its own words are English alone."""

from __future__ import annotations

import errno

from rectify_xl.common.i18n import Text

_ZH = {
    errno.ENOENT: "没有这个文件或文件夹", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹", errno.EEXIST: "已有同名的文件或文件夹", errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘是只读的", errno.ENAMETOOLONG: "名称太长", errno.EBUSY: "正被别的程序占用", errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多", errno.ELOOP: "链接绕成了圈", errno.ECONNREFUSED: "对方拒绝连接", errno.ETIMEDOUT: "连接超时",
    errno.ENOMEM: "内存不足",
}  # fmt: skip


def os_reason(error: OSError) -> Text:
    """The reason of an error in a few words; what has no words of ours is said as the system says it."""
    said = error.strerror or str(error)
    return Text(_ZH.get(error.errno or 0, said), said)

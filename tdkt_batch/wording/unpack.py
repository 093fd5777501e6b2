"""What is said of the paths and files that were given, before anything of them is read."""

from __future__ import annotations

NO_SUCH_PATH = "{path}: không có tệp hoặc thư mục này; hãy kiểm tra đường dẫn"
FOLDER_SHUT = (
    "{folder}: không mở được thư mục này ({problem}); hãy kiểm tra quyền truy cập rồi chạy lại"
)
NAMELESS = "không tên"
"""A file that its sender gave no name."""
NO_PLAIN_FILE = "không phải tệp thường, hoặc liên kết hỏng"
OWN_TEXT = "lời thư.eml"
"""A mail's own words, kept as a file when they stand for the form or came alone."""

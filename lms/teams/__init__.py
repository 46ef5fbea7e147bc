"""Community digital technology teams (Tổ công nghệ số cộng đồng), their members and the villages in their charge."""

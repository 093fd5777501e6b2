"""The ledger (sổ tiếp nhận): what arrived, was decided, was sent, and which runs were made."""

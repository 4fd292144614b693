"""The bureau's overview: figures with what is behind them."""
